"""Every address of Redleaf."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from config import installing, views
from config.metrics import metrics
from config.styleguide import styleguide
from notes.desk import case_translation

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

api: list[URLPattern | URLResolver] = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api-schema"), name="api-docs"),
    path("", include("feeds.urls.api")),
    path("", include("accounts.urls.api")),
    path("", include("moderation.urls.api")),
    path("", include("notes.urls.api")),
]

urlpatterns = [
    # First what is asked for most: addresses are compared one after the other.
    path("api/v1/", include(api)),
    path("", include("feeds.urls.pages")),
    path("", include("notes.urls.pages")),
    path("healthz", views.healthz),
    path("readyz", views.readyz),
    path("metrics", metrics),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("worker.js", installing.worker),
    path("styleguide/", styleguide, name="styleguide"),
    path("offline/", installing.offline, name="offline"),
    path("admin/translation/<int:pk>/", case_translation, name="case-translation"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("", include("accounts.urls.pages")),
    path("", include("moderation.urls.pages")),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.permission_denied"
handler404 = "config.views.not_found"
handler429 = "config.views.too_many_requests"  # of django-allauth
handler500 = "config.views.server_error"
