"""The register of ormas: what it holds, how it is read, corrected and kept up to date."""
