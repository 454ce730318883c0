"""Large numbers in few characters, the way each language counts."""

from moderation.traditional import written


def compact(number: int, language: str) -> str:
    """Return 999, 1.2K, 12K, 3.4M in English and 9999, 1.2万, 3.4亿 in Chinese, rounded down."""
    chinese = ((10**8, "亿"), (10**4, "万"))
    english = ((10**6, "M"), (10**3, "K"))
    for size, sign in chinese if language.startswith("zh") else english:
        if number >= size:
            tenths = number * 10 // size
            sign = written(sign, language)
            whole = tenths >= 100 or tenths % 10 == 0
            return f"{tenths // 10}{sign}" if whole else f"{tenths / 10:.1f}{sign}"
    return str(number)
