import { Body, Button, Container, Head, Hr, Html, Link, Preview, Section, Text } from "@react-email/components";
import type { CSSProperties } from "react";
import { LOCALE_TAGS } from "~/kernel/locale";
import { COLOURS, FONT } from "./look";
import { type Shown, statusesOf } from "./told";

const words: CSSProperties = { margin: "0 0 4px", fontSize: "15px", lineHeight: "22px", color: COLOURS.ink };
const small: CSSProperties = { margin: "0 0 8px", fontSize: "13px", lineHeight: "18px", color: COLOURS.muted };
const link: CSSProperties = { color: COLOURS.accent, textDecoration: "underline" };
const button: CSSProperties = {
  display: "inline-block",
  padding: "9px 16px",
  borderRadius: "8px",
  backgroundColor: COLOURS.accent,
  color: COLOURS.onAccent,
  fontSize: "15px",
  fontWeight: 500,
};

/** News by mail: each a sentence, what was said, and the way there; below, the ways to hear less. */
export function NewsLetter(letter: Shown) {
  const { t, language, subject, name, email, news, more, settings, stopKind, stopAll } = letter;
  return (
    <Html lang={LOCALE_TAGS[language]}>
      <Head>
        <title>{subject}</title>
        <meta name="color-scheme" content="light" />
      </Head>
      <Preview>{news[0]?.facts.excerpt ?? news[0]?.sentence ?? subject}</Preview>
      <Body style={{ margin: 0, padding: "24px 12px", backgroundColor: COLOURS.paper, fontFamily: FONT }}>
        <Container style={{ maxWidth: "600px" }}>
          <Text style={{ ...words, marginBottom: "12px", fontSize: "18px", fontWeight: 600, color: COLOURS.accent }}>
            Tandem
          </Text>
          <Section
            style={{
              padding: "20px 24px",
              border: `1px solid ${COLOURS.line}`,
              borderRadius: "8px",
              backgroundColor: COLOURS.surface,
            }}
          >
            <Text style={{ ...words, marginBottom: "16px" }}>{t("notifications.mail.hello", { name })}</Text>
            {news.map((one, index) => (
              <News key={`${one.url} ${one.at} ${one.sentence}`} letter={letter} one={one} first={index === 0} />
            ))}
            {more > 0 && <Text style={words}>{t("notifications.mail.more", { count: more })}</Text>}
          </Section>
          <Text style={{ ...small, marginTop: "16px" }}>{t("notifications.mail.why", { email })}</Text>
          <Text style={small}>
            <Link href={settings} style={link}>
              {t("notifications.mail.settings")}
            </Link>
          </Text>
          {stopKind && (
            <Text style={small}>
              <Link href={stopKind} style={link}>
                {t("notifications.mail.stopKind")}
              </Link>
            </Text>
          )}
          <Text style={small}>
            <Link href={stopAll} style={link}>
              {t("notifications.mail.stopAll")}
            </Link>
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

function News({ letter, one, first }: { letter: Shown; one: Shown["news"][number]; first: boolean }) {
  const { t, language } = letter;
  const { facts, url, at } = one;
  const sentence = t.rich(`notifications.says.${facts.says}`, {
    ...statusesOf(language, facts),
    who: () => <strong key="who">{facts.who ?? t("notifications.says.somebody")}</strong>,
    about: () => (
      <Link key="about" href={url} style={{ ...link, fontWeight: 600 }}>
        {facts.title}
      </Link>
    ),
    other: () => <strong key="other">{facts.other ?? t("notifications.says.anotherIdea")}</strong>,
  });
  return (
    <>
      {!first && <Hr style={{ margin: "16px 0", borderColor: COLOURS.line }} />}
      <Text style={words}>{sentence}</Text>
      {facts.excerpt && (
        <Text
          style={{
            ...words,
            margin: "8px 0",
            paddingLeft: "12px",
            borderLeft: `3px solid ${COLOURS.line}`,
            whiteSpace: "pre-line",
          }}
        >
          {facts.excerpt}
        </Text>
      )}
      <Text style={small}>{at}</Text>
      <Button href={url} style={button}>
        {t("notifications.mail.open")}
      </Button>
    </>
  );
}
