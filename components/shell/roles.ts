import { userRoles, type UserRole } from '#lib/contracts/auth.ts';

export const roleWords: Record<UserRole, { readonly label: string; readonly hint: string }> = {
  administrator: { label: 'Administrator', hint: 'Everything, members included' },
  editor: { label: 'Editor', hint: 'Creates and changes tables, attributes and data' },
  viewer: { label: 'Viewer', hint: 'Sees everything, changes nothing' },
};

export const roleOptions = userRoles.map((value) => ({ value, ...roleWords[value] }));
