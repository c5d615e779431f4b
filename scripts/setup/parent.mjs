import { readFileSync } from 'node:fs';

/**
 * Calls back when npm, which started this script, is gone. A killed npm tells nobody, and what it
 * started would go on holding the ports and the data directory.
 */
export function onParentDeath(callback) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const grandparent = parentOf(parent);
  const timer = setInterval(() => {
    // npm starts scripts through a shell, which outlives a killed npm: look at both.
    if (process.ppid === parent && parentOf(parent) === grandparent) return;
    clearInterval(timer);
    callback();
  }, 500);
  timer.unref();

  function parentOf(pid) {
    try {
      const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const isShell = /\((sh|dash|bash)\)/.test(status);
      return isShell ? status.slice(status.lastIndexOf(')')).split(' ')[2] : null;
    } catch {
      return null;
    }
  }
}
