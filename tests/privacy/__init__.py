"""What protects whoever sends without a name: everything docs/threat-model.md promises, in one command."""
