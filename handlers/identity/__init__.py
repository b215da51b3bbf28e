"""Who is there: first contact and consent, roles by code, one person on two messengers."""
