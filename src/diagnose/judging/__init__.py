"""From recorded evidence to a report: no clock, no file, no phone."""
