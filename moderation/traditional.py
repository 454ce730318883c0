"""Our own texts in traditional characters, in the words of Taiwan."""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module
from typing import TypeVar, cast

TRADITIONAL = "zh-hant"
# What OpenCC's words of Taiwan say for other things than ours, or not as its sites say it.
WORDS = {
    "查看": "查看", "点赞": "按讚", "电子邮箱": "電子信箱", "电子邮件": "電子郵件",
    "发布": "發布", "举报": "檢舉", "类型": "類型", "屏蔽": "封鎖", "权限": "權限",
    "审核": "審核", "退出登录": "登出", "信息流": "動態", "邮箱": "信箱", "赞": "讚",
    "账号": "帳號", "注销": "刪除", "审核台": "審核台", "天后": "天後",
    "通过链接": "透過連結", "通过以下链接": "透過以下連結", "文本": "文字",
    "“": "「", "”": "」", "‘": "『", "’": "』",
}  # fmt: skip
_OURS = re.compile(f"({'|'.join(sorted(WORDS, key=len, reverse=True))})")
_HAN = re.compile("[\u3400-\u9fff]")
T = TypeVar("T", str, tuple[str, ...])


@lru_cache(maxsize=4096)
def traditional(text: str) -> str:
    """A Chinese text in traditional characters; one without any is left as it is."""
    if not _HAN.search(text):
        return text
    convert = _converter()
    return "".join(WORDS.get(piece) or convert(piece) for piece in _OURS.split(text))


def written(text: T, language: str | None) -> T:
    """Words of ours as a reader of this interface writes them."""
    if (language or "").lower() != TRADITIONAL:
        return text
    return traditional(text) if isinstance(text, str) else tuple(map(traditional, text))


@cache
def _converter() -> Callable[[str], str]:
    # Loaded by the first reader of traditional characters; nobody else pays for it.
    converter = import_module("opencc").OpenCC("s2twp")
    return cast("Callable[[str], str]", converter.convert)
