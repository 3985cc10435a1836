"""Flags on a text as a whole: walls, stubs, torn ends, lists, languages."""

import textwrap

import attrs
import pytest

from alignwatch.model import Article
from alignwatch.text import clean_article, clean_text

BODY = (
    "The two governments signed the agreement on Monday, officials in both capitals said.\n"
    "The treaty takes effect next year, a spokesman for the ministry said on Tuesday."
)
LONG = "\n".join(
    f"On day {day} the ministers of both states met again to talk." for day in range(40)
)


@pytest.mark.parametrize(
    "page",
    [
        "Please confirm that you are human before you proceed. Solve the captcha below.",
        "Checking your browser. This takes a moment. DDoS protection is active. Ray ID 1a2b",
        "Are you a robot? We noticed unusual traffic from your network.",
        "Access denied. Your request was blocked by our bot protection.",
    ],
)
def test_a_page_that_asks_whether_one_is_human_is_no_article(page):
    """A run that stores such pages believes that the site has fallen silent."""
    assert "challenge-page" in clean_text(page).flags


@pytest.mark.parametrize(
    "prompt",
    [
        "Subscribe to continue reading. Already a subscriber? Log in.",
        "The rest of this article is for members only. Sign in to read it.",
        "You have reached your limit of free articles. Choose a plan.",
        "Unlock this article. Get unlimited access.",
    ],
)
def test_the_first_lines_before_a_paywall_are_a_stub(prompt):
    """What the article says further down is not known; silence there proves nothing."""
    assert "paywall-stub" in clean_text(f"{BODY}\n\n{prompt}").flags


def test_a_whole_article_with_a_paywall_prompt_is_no_stub():
    """Sites show the prompt below free articles too."""
    text = f"{LONG}\n\nSubscribe to continue reading. Already a subscriber? Log in."

    assert clean_text(text).flags == ()


def test_an_article_about_captchas_is_one():
    """The words of a wall stand in articles on walls."""
    text = f"{LONG}\nThe ministry now asks visitors to solve a captcha and to prove you are human."

    assert clean_text(text).flags == ()


@pytest.mark.parametrize(
    "end",
    [
        "The ministers then agreed on the",
        "Officials in both of the capitals said on Monday that the two ministers would then",
        "The ministers agreed on Monday that...",
        "The ministers agreed on Monday that [\u2026]",
    ],
)
def test_a_text_that_ends_within_a_sentence_is_truncated(end):
    """Feeds and scrapers cut; what is missing may be the denial."""
    assert clean_text(f"{BODY}\n{end}").flags == ("truncated",)


@pytest.mark.parametrize(
    "end",
    [
        "The treaty was \u201csigned by both.\u201d",
        "A Heading That Was Left",
        "Report by the Example Bureau in Riga and the Other Bureau in the City of Vilnius",
    ],
)
def test_a_text_that_ends_otherwise_is_whole(end):
    """A flag on every second article would be ignored on all."""
    assert "truncated" not in clean_text(f"{BODY}\n{end}").flags


def test_a_list_of_titles_is_no_article():
    """Front pages come through feeds as if they were articles."""
    titles = "\n".join(f"Ministers Meet in City {number}" for number in range(12))

    assert clean_text(titles).flags == ("not-an-article",)


@pytest.mark.parametrize(
    ("language", "flags"), [("de", ("language-mismatch",)), ("en", ()), ("en-GB", ()), (None, ())]
)
def test_a_declared_language_that_the_text_does_not_speak_is_told(language, flags):
    """An extractor for English would read a text that only says it is English."""
    article = attrs.evolve(Article(id="a", text=LONG), language=language)

    assert clean_article(article).flags == flags


@pytest.mark.parametrize(
    "prompt",
    [
        "Dieser Artikel ist nur für Abonnenten. Jetzt testen und weiterlesen.",
        "Weiterlesen mit Plus. Jederzeit kündbar. Zugang zu allen Artikeln.",
        "Cet article est réservé aux abonnés. Déjà abonné ? Connectez-vous.",
        "Il vous reste 80 % de cet article à lire. La suite est réservée aux abonnés.",
        "Contenido exclusivo para suscriptores. ¿Ya eres suscriptor? Inicia sesión.",
        "Suscríbete para seguir leyendo. Acceso ilimitado, cancela cuando quieras.",
        "Contenuto riservato agli abbonati. Sei già abbonato? Accedi.",
        "Abbonati per continuare a leggere. Accesso illimitato a tutti gli articoli.",
        "Conteúdo exclusivo para assinantes. Já é assinante? Faça login.",
        "Assine para continuar lendo. Acesso ilimitado. Cancele quando quiser.",
        "Материал доступен только для подписчиков. Уже подписаны? Войдите.",
        "Чтобы продолжить чтение, оформите подписку.",
        "Матеріал лише для передплатників. Вже маєте передплату? Увійдіть.",
        "Щоб продовжити читання, оформіть передплату.",
        "Bu içerik sadece abonelere özel. Zaten abone misiniz? Giriş yapın.",
        "Okumaya devam etmek için abone olun.",
        "هذا المقال للمشتركين فقط. هل أنت مشترك؟ سجل الدخول لمتابعة القراءة.",
        "اشترك الآن لمتابعة القراءة.",
        "این مطلب ویژه مشترکان است. برای ادامه مطالعه وارد شوید و اشتراک تهیه کنید.",
        "برای خواندن متن کامل اشتراک بخرید. مشترک هستید؟ وارد شوید.",
        "本文为付费内容，订阅后可继续阅读全文。",
        "会员专享文章。已是会员？请登录后阅读全文。",
        "この記事は有料会員限定です。残り1200文字。ログインして続きを読む",
        "続きは会員登録をしてお読みください。無料登録はこちら。",
        "이 기사는 구독자 전용입니다. 이미 구독 중이신가요? 로그인하세요.",
        "계속 읽으려면 로그인하거나 구독하세요.",
    ],
)
def test_paywalls_speak_many_languages(prompt):
    """A stub in French is no more of an article than one in English."""
    assert "paywall-stub" in clean_text(f"{BODY}\n\n{prompt}").flags


@pytest.mark.parametrize(
    "page",
    [
        "Einen Moment bitte. Ihr Browser wird überprüft.",
        "Sind Sie ein Roboter? Wir haben ungewöhnlichen Datenverkehr festgestellt.",
        "Un instant... Vérification de votre navigateur. Prouvez que vous n'êtes pas un robot.",
        "Accès refusé. Activez JavaScript et les cookies pour continuer.",
        "Un momento. Comprobando su navegador antes de acceder. Confirme que no es un robot.",
        "Acceso denegado. Hemos detectado tráfico inusual desde su red. Active JavaScript.",
        "Un momento. Conferma di non essere un robot. Verifica di sicurezza in corso.",
        "Accesso negato. Abilita JavaScript e i cookie. Traffico insolito.",
        "Um momento. Verificando seu navegador. Confirme que você não é um robô.",
        "Acesso negado. Ative o JavaScript. Tráfego incomum detectado na sua rede.",
        "Подтвердите, что вы не робот. Проверка браузера займёт несколько секунд.",
        "Доступ ограничен. Мы заметили подозрительную активность. Включите JavaScript.",
        "Підтвердіть, що ви не робот. Перевірка браузера триває.",
        "Доступ заборонено. Увімкніть JavaScript.",
        "Robot olmadığınızı doğrulayın. Güvenlik doğrulaması yapılıyor.",
        "Erişim engellendi. Olağandışı trafik algılandı.",
        "تحقق من أنك إنسان. جار التحقق من متصفحك قبل المتابعة.",
        "تم رفض الوصول. رصدنا نشاط غير عادي من شبكتك.",
        "تأیید کنید که ربات نیستید. بررسی مرورگر چند ثانیه طول می\u200cکشد.",
        "دسترسی شما مسدود شده است. ترافیک غیرعادی از شبکه شما دیده شد.",
        "请完成验证，确认您不是机器人。",
        "正在检查您的浏览器，请稍候。请启用JavaScript。",
        "アクセスする前にブラウザを確認しています。しばらくお待ちください。",
        "私はロボットではありません。セキュリティチェックを完了してください。",
        "브라우저를 확인하는 중입니다. 로봇이 아닙니다에 체크하세요.",
        "비정상적인 트래픽이 감지되었습니다. 보안문자를 입력하세요.",
    ],
)
def test_challenges_speak_many_languages(page):
    """The wall speaks the language of the site, or of the reader's connection."""
    assert "challenge-page" in clean_text(page).flags


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY} Visitors of the ministry's site must now solve a captcha, she said.",
        f"{BODY} The paper keeps most of its texts behind a paywall, its publisher said.",
        "\u4e24\u56fd\u90e8\u957f\u5468\u4e00\u5728\u91cc\u52a0\u4f1a\u6664\u3002"
        "\u7f51\u7ad9\u73b0\u5728\u8981\u6c42\u8f93\u5165\u9a8c\u8bc1\u7801\u3002" * 20,
    ],
)
def test_one_sign_of_a_wall_in_a_short_article_is_none(text):
    """Briefs are short, and some of them tell of walls."""
    assert clean_text(text).flags == ()


@pytest.mark.parametrize(
    ("end", "flags"),
    [
        (
            "\u4e24\u56fd\u90e8\u957f\u968f\u540e\u540c\u610f\uff0c\u5728\u660e\u5e74\u6625\u5929",
            ("truncated",),
        ),
        ("\u8bb0\u8005\u738b\u4e3d", ()),
    ],
)
def test_a_chinese_text_that_ends_within_a_sentence_is_truncated(end, flags):
    """Scripts without spaces are cut, too; a reporter's name is no cut."""
    whole = "两国部长周一在里加会晤并签署了协议，话题是渔业配额。"

    assert clean_text(f"{whole}\n{end}").flags == flags


@pytest.mark.parametrize(
    "end", ["Jan 02, 2024 9:25 AM ET", "A plan that nobody knew...\nA town that..."]
)
def test_times_and_teasers_at_the_end_are_no_torn_sentences(end):
    """Leftovers of a page are not a cut."""
    assert "truncated" not in clean_text(f"{BODY}\n{end}").flags


def test_hyphenated_words_are_no_names_of_sections():
    """Lists of advice at the end of an article are part of it."""
    text = f"{BODY}\n- Keep before-and-after photos of the capitals and of both governments, too."

    assert clean_text(text).flags == ()


def test_one_hyphenated_word_in_a_list_of_advice_is_no_summary():
    """Advice retells the article, as summaries do; only those name several sections."""
    text = (
        f"{BODY}\n- Pick a model: sign the agreement of the two governments next year, or"
        " time-and-material for the officials in both capitals."
    )

    assert clean_text(text).text == text


@pytest.mark.parametrize("width", [40, 60, 75])
def test_an_article_whose_lines_were_broken_is_one(width):
    """Mail programs break lines; the sentences go on in the next one."""
    text = (
        "The ministers of Aland and Bland settled the quota for herring in the old harbour town on "
        "Tuesday, officials in both capitals said after two days of talks behind closed doors. "
        "Both governments said that the talks had gone well, and that the treaty would be signed "
        "in spring, once both parliaments have agreed to it. A spokeswoman for the fishermen was "
        "less sure about it, and asked for a new count of all boats before the season begins."
    )

    assert clean_text(textwrap.fill(text, width)).flags == ()


def test_a_text_that_the_rules_cannot_settle_is_told():
    """It comes back uncleaned; without the flag nobody would know."""
    text = f"{BODY}\nShare this post\n" + "[" * 60 + "x" + "](http://harbour.example)" * 60

    document = clean_text(text)

    assert "unsettled" in document.flags
    assert document.text == text
