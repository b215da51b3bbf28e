"""The kinds of question a form can ask: each reads what was said, keeps it as text and says it back in full."""
