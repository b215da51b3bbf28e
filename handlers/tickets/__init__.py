"""What every ticket has in common: opening, words, officers' work, deadlines. No kind of ticket is decided here."""
