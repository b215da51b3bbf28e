"""Ormas, memberships, what the register keeps, corrections, papers, the duty to report."""
