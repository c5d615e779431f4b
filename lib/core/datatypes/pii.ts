import { splitWords } from './split-words.ts';

interface PiiPattern {
  /** What such an attribute would hold, with an article. */
  readonly what: string;
  /** Against the words of the name, joined by single blanks, with a blank at both ends. */
  readonly words: RegExp;
}

const patterns: readonly PiiPattern[] = [
  { what: 'an email address', words: / (e ?mails?|email ?addr(ess)?) / },
  { what: 'a social security number', words: / (ssn|social security|sin number|nino) / },
  { what: 'a national ID', words: / (national|citizen|personal) (id|identity|identification) / },
  { what: 'a tax number', words: / (tax|vat) (id|number|no) / },
  { what: 'a passport number', words: / passport / },
  {
    what: "a driver's licence",
    words: / (driver|drivers|driving) (license|licence|lic)|(driver s) (license|licence) /,
  },
  {
    what: 'a phone number',
    words:
      / (tele)?phones? | cell ?phone | (mobile|cell|fax|whatsapp) (number|no|nr|phone) | msisdn /,
  },
  { what: 'a phone number', words: /^ (mobile|cell|tel|fax) $/ },
  {
    what: "a person's name",
    words:
      / (first|last|full|family|given|middle|maiden|birth|legal|customer|user|contact|person) ?names? | sur ?name |^ (nick ?)?name $/,
  },
  {
    what: 'an address',
    words:
      / ip( v ?[46])? ?(address|addr) |^ ip $| street | (home|postal|mailing|billing|shipping|delivery|street|work|mac) ?(address|addr) |^ (address|addr)( line)?( \d)? $/,
  },
  { what: 'a date of birth', words: / (birth ?(day|date)?|date of birth|dob) / },
  {
    what: 'a bank account',
    words: / (iban|bank account|account number|sort code|routing number) /,
  },
  {
    what: 'a payment card',
    words: / (credit|debit|payment|bank) ?cards? | card (number|no|nr|holder) | (cvv|cvc) /,
  },
  { what: 'a password', words: / (password|passwd|passphrase) / },
];

/** Words that turn personal data into a fact about it: a count, a flag, a hash, a kind. */
const harmless =
  / (is|has|had|can|uses|hash|hashed|sha ?\d*|md|count|counts|total|rate|ratio|score|share|number of|num|opened|opens|clicked|clicks|sent|received|bounced|bounces|unsubscribed|subscribed|subscriber|subscription|frequency|opt|optin|optout|consent|consented|verified|confirmed|valid|validated|enabled|allowed|preference|preferences|permission|status|type|kind|domain|provider|brand|model|os|plan|channel|campaign|campaigns|engagement|length|year|month|age|changes|changed) /;

/**
 * Does an attribute's name suggest personal data, which customer profiles must not hold? A hint for the
 * form, never a refusal: it knows only the name.
 *
 * @returns one sentence that says what it looks like, or `null`.
 * @example looksLikePii('Email') // '"Email" looks like an email address.'
 * @example looksLikePii('emails_opened_count') // null
 */
export function looksLikePii(name: string): string | null {
  const words = ` ${splitWords(name).join(' ')} `;
  if (harmless.test(words)) return null;
  const match = patterns.find((pattern) => pattern.words.test(words));
  return match ? `"${name}" looks like ${match.what}.` : null;
}
