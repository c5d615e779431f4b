import {
  BookOpenText,
  Contact,
  History,
  KeyRound,
  ShieldCheck,
  TableProperties,
  UserSearch,
  Users,
  Webhook,
  type LucideIcon,
} from 'lucide-react';

export type NavigationItem = {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
};

export const navigation: readonly {
  readonly label: string;
  readonly items: readonly NavigationItem[];
}[] = [
  {
    label: 'Audiences',
    items: [
      { href: '/audiences', label: 'Audiences', icon: Contact },
      { href: '/attributes', label: 'Attributes', icon: TableProperties },
    ],
  },
  {
    label: 'Data',
    items: [
      { href: '/uploads', label: 'Upload History', icon: History },
      { href: '/profiles', label: 'Customer Profiles', icon: UserSearch },
    ],
  },
  {
    label: 'Settings',
    items: [
      { href: '/settings/members', label: 'Members', icon: Users },
      { href: '/settings/tokens', label: 'API tokens', icon: KeyRound },
      { href: '/api-reference', label: 'API reference', icon: BookOpenText },
      { href: '/settings/webhooks', label: 'Webhooks', icon: Webhook },
      { href: '/settings/privacy', label: 'Privacy requests', icon: ShieldCheck },
    ],
  },
];

export function isUnder(pathname: string, href: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}
