"""Making avatars."""

import secrets

from django.core.files.storage import default_storage
from django.db.models import F
from PIL import ImageOps

from accounts.models import User
from accounts.pictures import BAD_PICTURE, decode, encode, store

AVATAR_EDGE = 256


def render_avatar_of(user_id: int, incoming: str) -> None:
    """Turn an upload into a square avatar; a file that cannot be read changes nothing."""
    if not default_storage.exists(incoming):
        return
    name = f"{secrets.token_hex(12)}.webp"
    try:
        with default_storage.open(incoming) as file:
            square = ImageOps.fit(decode(file, AVATAR_EDGE), (AVATAR_EDGE, AVATAR_EDGE))
    except BAD_PICTURE:
        default_storage.delete(incoming)
        return
    store(f"avatars/{name}", encode(square))
    before = User.objects.filter(pk=user_id).values_list("avatar", flat=True).first()
    User.objects.filter(pk=user_id).update(avatar=name, version=F("version") + 1)
    default_storage.delete(incoming)
    if before:
        default_storage.delete(f"avatars/{before}")
