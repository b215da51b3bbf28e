"""Reading what people type: days, hours, and words nearly typed. Pure; knows no form."""
