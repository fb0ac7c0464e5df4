"""Files that no text editor would save: each with the encoding it is in, nothing kept on disk.

`texts()` can all be read, given the right `--encoding`; `not_texts()` are refused as characters and
read as bytes; `long_texts()` are large.
"""

import codecs
import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

KOREAN = "안녕하세요. 오늘은 날씨가 참 좋네요, 그렇죠? 저녁에 같이 걸을까요?\n" * 3
JAPANESE = "こんにちは、今日はいい天気ですね。カタカナも少しあります。\n" * 3
CHINESE = "今天天气很好,我们一起去公园吧。你觉得怎么样?\n" * 3
FRENCH = "Voilà l'été déjà fini, où êtes-vous donc passés?\n" * 3
RUSSIAN = "Привет, как дела? Сегодня хорошая погода.\n" * 3


@dataclass(frozen=True, slots=True)
class Awkward:
    """A file and how it is to be read."""

    name: str
    data: bytes
    encoding: str = "utf-8"
    """What `--encoding` has to say."""
    text: str = ""
    """What it says, where that is not simply the data decoded."""

    @property
    def said(self) -> str:
        """The text as it should be learned, before line ends and the BOM are mended."""
        return self.text or self.data.decode(self.encoding)


def texts() -> Iterator[Awkward]:
    """Files that can be read."""
    for name, text in _unicode():
        yield Awkward(name, text.encode())
    for name, text, encoding in _encoded():
        yield Awkward(name, text.encode(encoding), encoding, text)
    for name, bom, encoding in _MARKS:
        yield Awkward(name, bom + KOREAN.encode(encoding), _MARKED.get(encoding, encoding), KOREAN)


def not_texts() -> Iterator[tuple[str, bytes]]:
    """Files that are no text in any encoding, or in none that could be guessed."""
    luck = random.Random(7)
    yield "random", luck.randbytes(3_000)
    yield "zeros", bytes(500)
    yield "all-bytes", bytes(range(256))
    yield "compressed", zlib.compress(KOREAN.encode() * 9 + luck.randbytes(900))
    yield "png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + luck.randbytes(400)
    yield "elf", b"\x7fELF\x02\x01\x01" + bytes(9) + luck.randbytes(200) + bytes(200)
    yield "cut-utf-8", KOREAN.encode()[:-3]
    yield "overlong", b"ab\xc0\x80cd\xe0\x80\xaf\n"
    yield "too-high", b"ab\xf4\x90\x80\x80cd\n"
    yield "surrogate-utf-8", "ab\ud800cd\n".encode(errors="surrogatepass")
    yield "surrogate-pair-utf-8", "ab\ud83d\ude00cd\n".encode(errors="surrogatepass")
    yield "utf-8-then-cp949", KOREAN.encode() + KOREAN.encode("cp949")


def half_characters() -> Iterator[Awkward]:
    """Files that decode to half a character; refused although the encoding is right."""
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        data = "ab\ud800cd\n".encode(encoding, "surrogatepass")
        yield Awkward(f"lone-surrogate-{encoding}", data, encoding)
    yield Awkward("lone-surrogate-utf-7", b"a+2AA-b\n", "utf-7")


def long_texts() -> Iterator[tuple[str, bytes, int]]:
    """Texts whose size is what is awkward: name, a piece, and how often it is repeated."""
    yield "one line of 100 MB", b"abcdefghi " * 100_000, 100
    yield "a million lines", b"".join(b"%c\n" % (97 + n % 26) for n in range(100_000)), 10
    yield "100 MB of Hangul", "한글을 배운다\n".encode() * 50_000, 100


def _unicode() -> Iterator[tuple[str, str]]:
    for plane in range(17):
        codes = (c for c in range(plane << 16, (plane + 1) << 16, 97) if not 0xD800 <= c < 0xE000)
        yield f"plane-{plane:02}", "".join(map(chr, codes)) + "\n\n"
    yield "combining", "e\u0301a\u0308\u0323" * 9 + "Z" + "\u0335\u0489\u20dd" * 30 + "\n\u0301\n"
    yield "zwj-emoji", "👨‍👩‍👧‍👦👩🏽‍🚀🏴󠁧󠁢󠁳󠁣󠁴󠁿❤️1️⃣🇰🇷" * 5 + "\n" + "\u200d" * 9 + "\n"
    yield "right-to-left", "שלום עולם\nمرحبا بالعالم ١٢٣\n" * 4
    yield "bidi-controls", "a\u202eb\u2066c\u2069d\u200fe\u061cf\u202c\n" * 4
    yield "invisible", "a\u200bb\u2060c\u00add\ufeffe\u2028f\u2029g\u180eh\n" * 4
    yield "nul", "ab\0cd\n" * 4 + "plain text follows, and more of it\n" * 9
    yield "escape", "\x1b[31mred\x1b[0m \x1b]0;title\x07 and \x1bP1$r\x1b\\ more of it\n" * 9
    yield "c1", "a\x9b31mb\x90c\x9cd\x85e\n" * 9
    yield "markup", "[red]a[/] [/x] [@click=quit]b[/] [[ ]] \\[c]\n" * 4
    yield "noncharacters", "a\ufffe\uffffb\ufdd0c\U0010ffff\n" * 4
    yield "private", "a\ue000\U000f0000b\n" * 4
    yield "crlf", "one\r\ntwo\r\nthree\r\n"
    yield "bare-cr", "one\rtwo\rthree\r"
    yield "mixed-ends", "one\r\ntwo\rthree\n\rfour\r\r\nfive\n\n"
    yield "only-newlines", "\n" * 50
    yield "only-blanks", " \t" * 50 + "\n\n"
    yield "one-symbol", "a" * 300
    yield "two-characters", "ab"
    yield "no-final-newline", "ab\ncd"
    yield "conjoining", "\u1112\u1161\u11ab한\u1100 \u1161하\u11ab ㅋㅋ\u034f\n" * 5


def _encoded() -> Iterator[tuple[str, str, str]]:
    for encoding in ("cp949", "euc_kr", "johab", "utf-16", "utf-32"):
        yield f"korean-{encoding}", KOREAN, encoding
    for encoding in ("shift_jis", "euc_jp", "iso2022_jp", "cp932"):
        yield f"japanese-{encoding}", JAPANESE, encoding
    for encoding in ("gbk", "gb18030", "gb2312", "hz"):
        yield f"chinese-{encoding}", CHINESE, encoding
    for encoding in ("latin-1", "cp1252", "utf-16-le", "utf-16-be", "utf-32-le", "cp037", "utf-7"):
        yield f"french-{encoding}", FRENCH, encoding
    for encoding in ("cp1251", "koi8-r", "utf-16-be", "utf-32-be"):
        yield f"russian-{encoding}", RUSSIAN, encoding


_MARKS = (
    ("bom-utf-8", codecs.BOM_UTF8, "utf-8"),
    ("bom-utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"),
    ("bom-utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be"),
    ("bom-utf-32-le", codecs.BOM_UTF32_LE, "utf-32-le"),
    ("bom-utf-32-be", codecs.BOM_UTF32_BE, "utf-32-be"),
)
_MARKED = {
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "utf-32-le": "utf-32",
    "utf-32-be": "utf-32",
}
