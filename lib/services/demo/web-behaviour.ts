import { dateOf, datetimeOf, daysAgo, epochOf, opaqueId, type DemoTable } from './demo-table.ts';
import type { Random } from './random.ts';

const categories = ['jeans', 'shoes', 'coats', 'dresses', 'sale', 'gift cards', 'kids'] as const;
const campaigns = ['spring_sale', 'newsletter 2026-11', 'brand, generic', 'retargeting'] as const;
const devices = ['phone', 'phone', 'phone', 'desktop', 'desktop', 'tablet'] as const;

/** What the web site's own analytics know: visits, baskets, devices. */
export const webBehaviour: DemoTable = {
  table: {
    name: 'Web behaviour',
    description: 'Visits and baskets of the last months, by analytics ID. Sample data.',
    keyKind: 'js_variable',
    keyName: 'analyticsId',
    emptyCells: 'keep',
    keepFilesDays: null,
  },
  attributes: [
    text('most_viewed_category', 'Category with the most page views', true),
    text('last_campaign', 'Campaign of the latest visit'),
    text('device', 'Device of the latest visit', true),
    { ...text('visits_30_days', 'Visits in the last 30 days'), datatype: 'long' },
    { ...text('pages_per_visit', 'Average over all visits'), datatype: 'double' },
    { ...text('basket_value', 'Value of the open basket, in euro'), datatype: 'double' },
    { ...text('has_app', 'Uses the app too', true), datatype: 'bool' },
    {
      ...text('first_visit', 'Day of the first visit'),
      datatype: 'datetime',
      format: 'yyyy-mm-dd',
    },
    {
      ...text('last_visit_at', 'Start of the latest visit'),
      datatype: 'datetime',
      format: 'yyyy-mm-ddThh:mm:ssZ',
    },
    { ...text('last_seen', 'Latest page view'), datatype: 'datetime', format: 'epoch' },
  ],
  files: [
    {
      name: 'web-behaviour.csv',
      rows: 100_000,
      columns: [
        'customerId',
        'most_viewed_category',
        'last_campaign',
        'device',
        'visits_30_days',
        'pages_per_visit',
        'basket_value',
        'has_app',
        'first_visit',
        'last_visit_at',
        'last_seen',
      ],
      row: visitor,
    },
  ],
};

function text(name: string, description: string, isValuePublic = false) {
  return { name, datatype: 'string' as const, description, isValuePublic, format: null };
}

function visitor(random: Random, number: number): (string | null)[] {
  const lastVisit = daysAgo(random, 180);
  const visits = 1 + Math.floor(random.skewed(60));
  const cells = [
    random.chance(0.0004) ? ' ' : opaqueId('v-', number),
    random.pick(categories),
    random.chance(0.3) ? null : random.pick(campaigns),
    random.pick(devices),
    random.chance(0.0007) ? 'n/a' : String(visits),
    (1 + random.skewed(30)).toFixed(3),
    random.chance(0.6) ? null : random.skewed(900).toFixed(2),
    random.chance(0.001) ? '1' : String(random.chance(0.25)),
    dateOf(lastVisit - random.integer(0, 900) * 86_400_000),
    random.chance(0.0009) ? datetimeOf(lastVisit).replace('T', ' ') : datetimeOf(lastVisit),
    epochOf(lastVisit + random.integer(0, 3_600_000)),
  ];
  // A line that was cut off on its way, as in many a real export.
  return random.chance(0.0003) ? cells.slice(0, 6) : cells;
}
