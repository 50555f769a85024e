"""Views of a report: HTML, terminal, JUnit, each rendered from the report's JSON alone."""
