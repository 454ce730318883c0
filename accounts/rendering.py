"""Making avatars."""

from django.core.files.storage import default_storage
from django.db.models import F

from accounts.avatars import delete_avatar, keep_avatar
from accounts.models import User
from accounts.pictures import BAD_PICTURE

AT_MOST = 100


def render_avatar_of(user_id: int) -> None:
    """Turn an upload into a square avatar; a file that cannot be read changes nothing."""
    user = User.objects.filter(pk=user_id).exclude(incoming_avatar="").first()
    if user is None:
        return
    # Given up before it is tried: a picture that kills its worker does so once.
    waiting = User.objects.filter(pk=user_id, incoming_avatar=user.incoming_avatar)
    if waiting.update(incoming_avatar="") != 1:
        return
    try:
        with default_storage.open(user.incoming_avatar) as file:
            name = keep_avatar(file)
    except BAD_PICTURE:
        default_storage.delete(user.incoming_avatar)
        return
    default_storage.delete(user.incoming_avatar)
    # Who took it off or changed it again while it was made does not get it back.
    unchanged = User.objects.filter(pk=user.pk, avatar=user.avatar, incoming_avatar="")
    worn = unchanged.update(avatar=name, version=F("version") + 1)
    delete_avatar(user.avatar if worn else name)


def render_overdue_avatars() -> None:
    """Make the avatars whose message was lost."""
    waiting = User.objects.exclude(incoming_avatar="")
    for pk in waiting.values_list("pk", flat=True)[:AT_MOST]:
        render_avatar_of(pk)
