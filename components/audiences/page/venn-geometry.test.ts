import { expect, test } from 'vitest';
import { sharedArea, twoCircles } from './venn-geometry.ts';

test.each([
  { left: 1000, right: 1000, both: 400 },
  { left: 1000, right: 250, both: 125 },
  { left: 30, right: 1000, both: 1 },
  { left: 500, right: 500, both: 500 },
  { left: 1000, right: 40, both: 40 },
])('areas are as the numbers: %o', (sizes) => {
  const [left, right] = twoCircles(sizes);
  const shared = sharedArea(left.radius, right.radius, right.x - left.x);
  const perProfile = (Math.PI * left.radius ** 2) / sizes.left;
  expect(Math.PI * right.radius ** 2).toBeCloseTo(sizes.right * perProfile, 3);
  expect(shared / perProfile).toBeCloseTo(sizes.both, 0);
});

test('what shares nobody does not touch', () => {
  const [left, right] = twoCircles({ left: 10, right: 10, both: 0 });
  expect(right.x - left.x).toBeGreaterThan(left.radius + right.radius);
});

test.each([
  { left: 1, right: 1, both: 0 },
  { left: 10, right: 90, both: 90 },
  { left: 90, right: 10, both: 10 },
  { left: 0, right: 5, both: 0 },
])('the drawing holds them: %o', (sizes) => {
  for (const { x, radius } of twoCircles(sizes)) {
    expect(x - radius).toBeGreaterThanOrEqual(0);
    expect(x + radius).toBeLessThanOrEqual(300);
  }
});
