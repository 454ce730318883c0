"""Pages of notes."""

from django.urls import path, re_path

from notes import media, publishing, views

urlpatterns = [
    path("notes/<int:pk>/", views.note, name="note"),
    path("notes/<int:pk>/standing/", views.standing, name="note-standing"),
    path("notes/<int:pk>/like/", views.like, name="note-like"),
    path("notes/<int:pk>/deletion/", views.deletion, name="note-deletion"),
    path("notes/<int:pk>/comments/", views.comments, name="note-comments"),
    path("comments/<int:pk>/deletion/", views.comment_deletion, name="comment-deletion"),
    path("publish/", publishing.publish, name="publish"),
    path("publish/autosave/", publishing.autosave, name="autosave"),
    path("drafts/", publishing.drafts, name="drafts"),
    path("notes/<int:pk>/edit/", publishing.edit, name="note-edit"),
    path("notes/<int:pk>/autosave/", publishing.autosave, name="note-autosave"),
    path("publish/images/<int:pk>/", publishing.image, name="publish-image"),
    path("publish/images/", publishing.images, name="publish-images"),
    path("publish/images/<int:pk>/deletion/", publishing.image_deletion, name="image-deletion"),
    re_path(
        r"^media/images/(?P<prefix>[0-9a-f]{2})/(?P<key>[0-9a-f]{32})"
        r"/(?P<width>360|720|1440)\.webp$",
        media.serve_image,
    ),
    re_path(r"^media/avatars/(?P<name>[0-9a-f]{24}\.webp)$", media.serve_avatar),
]
