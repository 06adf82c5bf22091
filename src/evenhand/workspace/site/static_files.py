"""The site's own files, by WhiteNoise: read whole, as they are small, so that an asynchronous server takes them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise, without streams: under ASGI Django would have to read them in a thread, and warns of each."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponseBase:
        """One file, as WhiteNoise answers for it."""
        streamed = WhiteNoiseMiddleware.serve(static_file, request)
        answer = HttpResponse(b"".join(streamed.streaming_content), status=streamed.status_code)
        answer.headers = streamed.headers
        streamed.close()
        return answer
