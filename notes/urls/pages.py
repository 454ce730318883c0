"""Pages of notes."""

from django.urls import path, re_path

from notes import (
    embedding,
    glossary_pages,
    media,
    publishing,
    reporting,
    saving,
    talking,
    translating,
    views,
)
from notes.posters import pages as posters

urlpatterns = [
    path("notes/<int:pk>/", views.note, name="note"),
    path("notes/<int:pk>/poster.jpg", posters.note_poster, name="note-poster"),
    path("poster.jpg", posters.site_poster, name="poster"),
    path("notes/<int:pk>/standing/", views.standing, name="note-standing"),
    path("notes/<int:pk>/like/", views.like, name="note-like"),
    path("notes/<int:pk>/deletion/", views.deletion, name="note-deletion"),
    path("notes/<int:pk>/comments/", talking.comments, name="note-comments"),
    path("comments/<int:pk>/deletion/", talking.comment_deletion, name="comment-deletion"),
    path("comments/<int:pk>/edit/", talking.comment_edit, name="comment-edit"),
    path("comments/<int:pk>/like/", talking.comment_like, name="comment-like"),
    path("comments/<int:pk>/pin/", talking.comment_pin, name="comment-pin"),
    path("comments/<int:pk>/replies/", talking.replies, name="comment-replies"),
    path("notes/<int:pk>/history/", views.history, name="note-history"),
    path("notes/<int:pk>/edit/deletion/", views.edit_deletion, name="note-edit-deletion"),
    path("notes/<int:pk>/save/", saving.save, name="note-save"),
    path("notes/<int:pk>/save/board/", saving.save_in_new_board, name="note-save-board"),
    path("boards/new/", saving.new_board, name="board-new"),
    path("boards/order/", saving.order_boards, name="board-order"),
    path("boards/<int:pk>/edit/", saving.edit_board, name="board-edit"),
    path("boards/<int:pk>/order/", saving.order_notes, name="board-notes-order"),
    path("boards/<int:pk>/deletion/", saving.board_deletion, name="board-deletion"),
    path("report/<str:kind>/<str:name>/", reporting.report_page, name="report"),
    path("translation/<str:kind>/<str:name>/", translating.translation, name="translation"),
    path("translation/<str:kind>/<str:name>/wording/", translating.wording, name="wording"),
    path("wordings/<int:pk>/acceptance/", translating.acceptance, name="wording-acceptance"),
    path("glossary/", glossary_pages.glossary, name="glossary"),
    path("glossary/offer/", glossary_pages.offer, name="term-offer"),
    path("glossary/<path:name>/", glossary_pages.term, name="term"),
    path("oembed/", embedding.oembed, name="oembed"),
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
    re_path(r"^media/(?P<name>avatars/(?:small/)?[0-9a-f]{24}\.webp)$", media.serve_avatar),
]
