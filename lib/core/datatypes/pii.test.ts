import { describe, expect, it } from 'vitest';

import { looksLikePii } from './pii.ts';

describe('looksLikePii', () => {
  it.each([
    'email',
    'E-Mail',
    'customerEmail',
    'email address',
    'Email_Addresses',
    'ssn',
    'Social Security Number',
    'phone',
    'homePhone',
    'phone_number',
    'mobile',
    'mobile number',
    'first_name',
    'lastName',
    'Full Name',
    'surname',
    'name',
    'address',
    'billing_address',
    'address line 1',
    'ip_address',
    'birthday',
    'dateOfBirth',
    'DOB',
    'passport no',
    'IBAN',
    'credit card',
    'card_number',
    'password',
    "driver's license",
    'tax_id',
  ])('warns about %s', (name) => {
    expect(looksLikePii(name)).toContain('looks like');
  });

  it.each([
    'emails_opened_count',
    'email_opt_in',
    'is_phone_verified',
    'email_hash',
    'emailDomain',
    'LTV',
    'most_viewed_category',
    'mobile_sessions',
    'is_mobile',
    'phone_model',
    'product_name',
    'campaign name',
    'store_name',
    'birth_year',
    'has_credit_card',
    'addressable',
    'dashboard',
    'plan name',
    'mailing_list_size_total',
  ])('stays calm about %s', (name) => {
    expect(looksLikePii(name)).toBeNull();
  });
});
