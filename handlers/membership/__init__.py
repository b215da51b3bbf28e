"""Who speaks for which ormas: profile, verification, on whose behalf a form is filled in."""
