"""Print how well encodings are guessed, text by text: `python scripts/guess_encodings.py`.

The thresholds of `rnn_tui/text/encodings.py` were chosen by looking at FIRST. LATER was written
afterwards: at its first run 46 of 48 were right, with which the rule for quotation marks in English
was added; 46 is the share to expect. With `--others` the same texts are given to chardet
alone and, where it is installed, to charset-normalizer.
"""

import sys
import unicodedata
from collections.abc import Iterator

from rnn_tui.text.encodings import hidden_in_ascii, likely_encodings

FIRST = (
    ("Korean", "안녕하세요. 오늘은 날씨가 참 좋네요, 그렇죠?\n“같이 걸을까요?”\n",
     "cp949 johab utf-16-le utf-16-be iso2022_kr"),
    ("Korean, quoted", "“안녕”\n", "cp949 johab"),
    ("Korean, hanja", "大韓民國의 主權은 國民에게 있다.\n모든 權力은 國民으로부터 나온다.\n",
     "cp949 johab"),
    ("Korean, short", "안녕\n", "cp949 johab"),
    ("Korean, rare", "똠방각하 펲시콜라 찦차를 타고 온 사람.\n", "cp949"),
    ("Korean, marks", "‘가나다’·「라마바」…『사아자』 ― 하였다.\n", "cp949"),
    ("Korean, verse", "나 보기가 역겨워\n가실 때에는\n말없이 고이 보내 드리우리다\n",
     "cp949 johab"),
    ("Japanese", "こんにちは、今日はいい天気ですね。カタカナも少しあります。\n",
     "shift_jis euc_jp iso2022_jp utf-16-le"),
    ("Japanese, short", "吾輩は猫である。\n", "shift_jis euc_jp iso2022_jp"),
    ("Chinese", "今天天气很好,我们一起去公园吧。你觉得怎么样?\n", "gb18030 hz utf-16-be"),
    ("Chinese, short", "你好,世界\n", "gb18030"),
    ("Chinese, trad.", "今天天氣很好,我們一起去公園吧。你覺得怎麼樣?\n", "big5 big5hkscs"),
    ("French", "Voilà l'été déjà fini, où êtes-vous donc passés?\n", "latin-1 cp1252 cp850"),
    ("French, œ", "Voilà l'été déjà fini.\nLe cœur a ses raisons.\n", "cp1252 mac_roman"),
    ("German", "Die Straße führt über die Brücke, schöne Grüße aus Köln.\n",
     "latin-1 mac_roman cp850"),
    ("Spanish", "El niño comió una manzana. ¿Dónde está mañana el señor?\n", "latin-1 mac_roman"),
    ("English, quoted", "It’s “quoted” text — nothing more…\n", "cp1252 mac_roman"),
    ("Polish", "Zażółć gęślą jaźń. Litwo! Ojczyzno moja! ty jesteś jak zdrowie;\n",
     "cp1250 iso8859_2"),
    ("Czech", "Příliš žluťoučký kůň úpěl ďábelské ódy.\n", "cp1250 iso8859_2"),
    ("Hungarian", "Árvíztűrő tükörfúrógép, öt szép szűzlány.\n", "cp1250 iso8859_2"),
    ("Greek", "Καλημέρα, τι κάνεις; Σήμερα ο καιρός είναι καλός.\n", "cp1253 iso8859_7"),
    ("Hebrew", "שלום, מה שלומך? היום מזג האוויר יפה מאוד.\n", "cp1255 iso8859_8"),
    ("Arabic", "مرحبا، كيف حالك؟ الطقس جميل اليوم.\n", "cp1256 iso8859_6"),
    ("Turkish", "Merhaba, nasılsınız? Bugün hava çok güzel, değil mi? Işık şehirde.\n",
     "cp1254 iso8859_9"),
    ("Russian", "Привет, как дела? Сегодня хорошая погода.\n",
     "cp1251 koi8_r cp866 iso8859_5 mac_cyrillic"),
    ("Ukrainian", "Привіт, як справи? Сьогодні гарна погода, чи не так? Її їжа.\n",
     "cp1251 koi8_u"),
    ("Thai", "สวัสดีครับ วันนี้อากาศดีมาก คุณสบายดีไหม\n", "tis_620 cp874"),
    ("Lithuanian", "Labas, kaip sekasi? Šiandien gražus oras, ąžuolas žalias.\n", "cp1257"),
)  # fmt: skip
LATER = (
    ("Korean", "그는 조용히 문을 닫고 밖으로 나갔다.\n비가 내리고 있었다.\n",
     "cp949 johab utf-16-le utf-16-be iso2022_kr"),
    ("Korean, quoted", "‘사랑’과 “미움”\n", "cp949 johab"),
    ("Korean, hanja", "조선왕조(朝鮮王朝)의 실록(實錄)은 기록(記錄) 유산이다.\n", "cp949 johab"),
    ("Korean, verse", "죽는 날까지 하늘을 우러러\n한 점 부끄럼이 없기를\n", "cp949 johab"),
    ("Korean, English", "Python 3를 설치하고 terminal에서 실행하세요.\n", "cp949 johab"),
    ("Japanese", "国境の長いトンネルを抜けると雪国であった。\n",
     "shift_jis euc_jp iso2022_jp utf-16-be"),
    ("Chinese", "学而时习之,不亦说乎?有朋自远方来,不亦乐乎?\n", "gb18030 hz utf-16-le"),
    ("Chinese, trad.", "床前明月光,疑是地上霜。舉頭望明月,低頭思故鄉。\n", "big5"),
    ("French", "Les élèves français préfèrent être chez eux à Noël.\n", "latin-1 mac_roman"),
    ("German", "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.\n",
     "latin-1 mac_roman"),
    ("Spanish", "Mañana compraré piñas y plátanos para el año nuevo.\n", "latin-1"),
    ("English, quoted", "“Don’t go,” she said – but he’d left.\n", "cp1252 mac_roman"),
    ("Polish", "W Szczebrzeszynie chrząszcz brzmi w trzcinie i Szczebrzeszyn z tego słynie.\n",
     "cp1250 iso8859_2"),
    ("Czech", "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti.\n",
     "cp1250 iso8859_2"),
    ("Greek", "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι.\n", "cp1253 iso8859_7"),
    ("Hebrew", "כל בני האדם נולדו בני חורין ושווים בערכם.\n", "cp1255 iso8859_8"),
    ("Arabic", "يولد جميع الناس أحرارا متساوين في الكرامة.\n", "cp1256 iso8859_6"),
    ("Turkish", "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar.\n",
     "cp1254 iso8859_9"),
    ("Russian", "Все люди рождаются свободными и равными.\n", "cp1251 koi8_r cp866 iso8859_5"),
    ("Ukrainian", "Всі люди народжуються вільними і рівними у своїй гідності.\n", "cp1251 koi8_u"),
    ("Thai", "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกัน\n", "tis_620"),
    ("Lithuanian", "Visi žmonės gimsta laisvi ir lygūs savo orumu.\n", "cp1257"),
)  # fmt: skip


def cases(texts: tuple[tuple[str, str, str], ...]) -> Iterator[tuple[str, str, str, bytes]]:
    """Every text in each of its encodings: what it is, the encoding, the text, its bytes."""
    for what, text, encodings in texts:
        for encoding in encodings.split():
            yield what, encoding, text, text.encode(encoding)


def guessed(data: bytes) -> list[str]:
    """Return encodings as the program would name them, the likeliest first."""
    hidden = hidden_in_ascii(data) if data.isascii() else None
    return [hidden.encoding] if hidden else [guess.encoding for guess in likely_encodings(data)]


def reads(data: bytes, encoding: str | None, text: str) -> bool:
    """Return whether the encoding gives the very text."""
    try:
        return encoding is not None and data.decode(encoding) == text
    except (UnicodeError, LookupError):
        return False


def others(texts: tuple[tuple[str, str, str], ...]) -> str:
    """Return how often the libraries by themselves are right."""
    import chardet

    alone = [reads(d, chardet.detect(d)["encoding"], text) for _, _, text, d in cases(texts)]
    said = f"chardet alone {sum(alone)} of {len(alone)}"
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return f"{said}; charset-normalizer is not installed"
    best = [(from_bytes(d).best(), text, d) for _, _, text, d in cases(texts)]
    right = sum(reads(d, b.encoding if b else None, text) for b, text, d in best)
    return f"{said}; charset-normalizer {right}"


def wide(text: str, columns: int) -> str:
    """Return padded, full-width characters counted as two."""
    return text + " " * (columns - sum(unicodedata.east_asian_width(c) in "WF" for c in text)
                         - len(text))  # fmt: skip


def main() -> None:
    """Print a row for every text and encoding, then the shares."""
    for name, texts in (("first", FIRST), ("later", LATER)):
        first = among = count = 0
        for what, encoding, text, data in cases(texts):
            names = guessed(data)
            right = [reads(data, guess, text) for guess in names]
            verdict = "right" if right[:1] == [True] else "second" if any(right) else "WRONG"
            first, among, count = first + (verdict == "right"), among + any(right), count + 1
            print(f"{wide(what, 18)}{encoding:14}{verdict:8}{' '.join(names)}")
        print(f"{name}: {first} of {count} right at once, {among} among those said")
        if "--others" in sys.argv:
            print(others(texts))


if __name__ == "__main__":
    main()
