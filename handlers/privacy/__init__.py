"""`/dataku` and `/hapus`: a person sees, takes along and erases what is stored about them."""
