/** Holds `collapsed` or `open`; a cookie, so that the server renders the right one at once. */
export const sidebarCookie = 'opendcp-sidebar';
