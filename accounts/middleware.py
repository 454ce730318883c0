"""What every answer says about itself: its language, and what its page may load."""

from collections.abc import Callable
from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from accounts.bundles import allowed_inline


class InterfaceLanguageMiddleware:
    """Chosen, else the account's, else the browser's: an account remembers its language too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self.language(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    @staticmethod
    def language(request: HttpRequest) -> str:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen in dict(settings.LANGUAGES):
            return str(chosen)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            return request.user.ui_language
        return translation.get_language_from_request(request)


class PolicyMiddleware(CSPMiddleware):
    """The library's, for one policy without nonces: written once, not for every answer."""

    def process_request(self, request: HttpRequest) -> None:
        """There is no nonce to make."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        djangos_own = settings.DEBUG and response.status_code in (404, 500)
        if not djangos_own and not request.path_info.startswith(_excluded()):
            response.headers.setdefault(HEADER, _policy())
        return response


@cache
def _policy() -> str:
    return str(build_policy(update={"script-src": allowed_inline()}))


@cache
def _excluded() -> tuple[str, ...]:
    return tuple(settings.CONTENT_SECURITY_POLICY["EXCLUDE_URL_PREFIXES"])
