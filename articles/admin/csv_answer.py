"""Tables as CSV, sent while they are read."""

import csv

from django.http import StreamingHttpResponse

FORMULAS = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
"""What formulas begin with; some spreadsheets take the wide signs of Chinese and Japanese too."""


class _Echo:
    def write(self, value):
        return value


def csv_answer(lines, name):
    """An answer that streams lines of cells as a file of this name."""
    writer = csv.writer(_Echo())
    answer = StreamingHttpResponse(
        (writer.writerow([harmless(str(cell)) for cell in line]) for line in lines),
        content_type="text/csv; charset=utf-8",
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def harmless(text):
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULAS) else text
