"""What leaves the building: sheets, workbooks, briefs."""
