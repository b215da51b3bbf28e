"""`/cek`: whether something is from the office, and rumours that are cleared up."""
