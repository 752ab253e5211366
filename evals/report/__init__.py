"""The report: one self-contained HTML file that a maintainer can read, mail and print."""
