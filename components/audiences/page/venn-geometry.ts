/** In a drawing of 300 by 200. */
export interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

const WIDTH = 300;
const HEIGHT = 200;
const LARGEST = 82;

/**
 * Two circles whose areas, and the area that both cover, are to each other as the numbers are.
 *
 * @example twoCircles({ left: 100, right: 100, both: 100 }) // one on the other
 */
export function twoCircles(sizes: {
  readonly left: number;
  readonly right: number;
  readonly both: number;
}): readonly [Circle, Circle] {
  const most = Math.max(sizes.left, sizes.right, 1);
  const radiusOf = (size: number) => LARGEST * Math.sqrt(size / most);
  const [left, right] = [radiusOf(sizes.left), radiusOf(sizes.right)];
  const distance = distanceFor(left, right, (sizes.both / most) * Math.PI * LARGEST ** 2);
  const width = Math.max(2 * left, left + distance + right);
  const scale = Math.min(1, (WIDTH - 20) / width);
  const start = (WIDTH - width * scale) / 2 + Math.max(left, right - distance) * scale;
  return [
    { x: start, y: HEIGHT / 2, radius: left * scale },
    { x: start + distance * scale, y: HEIGHT / 2, radius: right * scale },
  ];
}

/** How far apart the centres are for the circles to share this area. Nothing shared leaves a gap to be seen. */
function distanceFor(left: number, right: number, area: number): number {
  if (area <= 0) return left + right + 8;
  let [near, far] = [Math.abs(left - right), left + right];
  for (let step = 0; step < 50; step++) {
    const middle = (near + far) / 2;
    if (sharedArea(left, right, middle) > area) near = middle;
    else far = middle;
  }
  return (near + far) / 2;
}

/** Of two circles at a distance: the sum of both segments. */
export function sharedArea(left: number, right: number, distance: number): number {
  if (distance >= left + right) return 0;
  if (distance <= Math.abs(left - right)) return Math.PI * Math.min(left, right) ** 2;
  const segment = (own: number, other: number) => {
    const along = (distance ** 2 + own ** 2 - other ** 2) / (2 * distance);
    return own ** 2 * Math.acos(along / own) - along * Math.sqrt(own ** 2 - along ** 2);
  };
  return segment(left, right) + segment(right, left);
}

/** Three circles cannot show seven areas as they are: these only show which regions there are. */
export const threeCircles: readonly [Circle, Circle, Circle] = [
  { x: 114, y: 74, radius: 62 },
  { x: 186, y: 74, radius: 62 },
  { x: 150, y: 134, radius: 62 },
];

/** Where a region of the three stands, by which of them it is in. */
export const threeRegionPlaces: Readonly<Record<string, readonly [number, number]>> = {
  '0': [84, 62],
  '1': [216, 62],
  '2': [150, 168],
  '01': [150, 50],
  '02': [108, 114],
  '12': [192, 114],
  '012': [150, 92],
};
