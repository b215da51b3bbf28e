"""From the inbox to answers; files fetched and judged by their content."""
