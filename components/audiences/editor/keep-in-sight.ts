const FRAMES = 10;

/**
 * Scrolls to what has the focus until it is in sight. The rules on the way there take their real height only when they come into
 * sight themselves, and push it out again.
 */
export function keepInSight(element: Element, frames = FRAMES): void {
  requestAnimationFrame(() => {
    if (document.activeElement !== element) return;
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom < 0 || top > window.innerHeight) element.scrollIntoView({ block: 'center' });
    if (frames > 1) keepInSight(element, frames - 1);
  });
}
