import { dateOf, datetimeOf, daysAgo, epochOf, opaqueId, type DemoTable } from './demo-table.ts';
import type { Random } from './random.ts';

const plans = ['Free', 'Free', 'Free', 'Plus', 'Plus', 'Family', 'Business'] as const;
const stores = [
  'Berlin, Alexanderplatz',
  'Köln "Am Dom"',
  'São Paulo',
  'Zürich HB',
  '東京 銀座',
  'Lyon, Part-Dieu',
  "King's Cross, London",
] as const;
const interests = [
  'jeans',
  'running shoes',
  'coats',
  'kids',
  'beauty 💄',
  'home & garden',
] as const;

/** What a customer database knows: who pays, how much, since when. */
export const crm: DemoTable = {
  table: {
    name: 'CRM',
    description: 'Customers who have an account: plan, spending, loyalty. Sample data.',
    keyKind: 'cookie',
    keyName: 'logged_in_id',
    emptyCells: 'keep',
    keepFilesDays: null,
  },
  attributes: [
    attribute('plan', 'string', 'Subscription of the customer', true),
    attribute('home_store', 'string', 'Store that the customer chose', true),
    attribute('top interest', 'string', 'Department with the most purchases', true),
    attribute('orders', 'long', 'Number of orders ever placed'),
    attribute('Life-time value', 'double', 'Spending so far, in euro'),
    attribute('loyalty_points', 'long', 'Points not yet redeemed', true),
    attribute('is_subscriber', 'bool', 'Receives the newsletter'),
    { ...attribute('member_since', 'datetime', 'Day of registration'), format: 'yyyy-mm-dd' },
    {
      ...attribute('last_order_at', 'datetime', 'Time of the latest order'),
      format: 'yyyy-mm-ddThh:mm:ssZ',
    },
    { ...attribute('renewal_due', 'datetime', 'End of the paid period'), format: 'epoch' },
  ],
  files: [
    {
      name: 'customers.csv',
      rows: 100_000,
      columns: [
        'customerId',
        'plan',
        'home_store',
        'top interest',
        'orders',
        'Life-time value',
        'loyalty_points',
        'is_subscriber',
        'member_since',
        'last_order_at',
        'renewal_due',
      ],
      row: customer,
    },
    {
      name: 'orders-of-the-day.csv',
      rows: 4_000,
      columns: ['customerId', 'orders', 'Life-time value', 'last_order_at'],
      row: order,
    },
  ],
};

function attribute(
  name: string,
  datatype: 'string' | 'bool' | 'long' | 'double' | 'datetime',
  description: string,
  isValuePublic = false,
) {
  return { name, datatype, description, isValuePublic, format: null };
}

function customer(random: Random, number: number): (string | null)[] {
  const registered = daysAgo(random, 3_000);
  const plan = random.pick(plans);
  const orders = Math.floor(random.skewed(120));
  return [
    random.chance(0.0006) ? null : opaqueId('c', number),
    plan,
    random.chance(0.1) ? null : random.pick(stores),
    random.pick(interests),
    random.chance(0.0008) ? `${orders}.0` : String(orders),
    spending(random, orders),
    String(Math.floor(random.skewed(25_000))),
    random.chance(0.001) ? 'yes' : String(random.chance(0.4)),
    random.chance(0.0005) ? '31.02.2026' : dateOf(registered),
    orders === 0 ? null : datetimeOf(daysAgo(random, 400)),
    plan === 'Free' ? null : renewal(random),
  ];
}

function order(random: Random): string[] {
  const orders = random.integer(1, 120);
  return [
    opaqueId('c', random.integer(0, 99_999)),
    String(orders),
    spending(random, orders),
    datetimeOf(daysAgo(random, 1)),
  ];
}

/** Now and then with the decimal comma that a German spreadsheet writes, which is not a number here. */
function spending(random: Random, orders: number): string {
  const value = (orders * random.integer(900, 14_000)) / 100;
  return random.chance(0.0012) ? value.toFixed(2).replace('.', ',') : value.toFixed(2);
}

/** Now and then in milliseconds, as an export of the old days would hold: accepted, with a warning. */
function renewal(random: Random): string {
  const due = epochOf(daysAgo(random, 365) + 365 * 86_400_000);
  return random.chance(0.001) ? `${due}000` : due;
}
