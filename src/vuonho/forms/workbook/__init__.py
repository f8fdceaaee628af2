"""The village as a workbook: written for people who work in Excel, and read back from whatever Excel made of it."""
