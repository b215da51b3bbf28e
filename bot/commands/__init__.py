"""The words of an administrator at the command line."""
