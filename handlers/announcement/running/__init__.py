"""The engine of announcements: plans, the ledger, feeding, pausing. What officers say to it is another room."""
