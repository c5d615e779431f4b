import { History, Settings2, Upload } from 'lucide-react';
import { MenuLinkItem } from '#components/ui/dropdown-menu.tsx';

/** The other pages of a table, for a menu. */
export function TableMenuLinks({ tableId }: { tableId: number }) {
  const href = `/attributes/${tableId}`;
  return (
    <>
      <MenuLinkItem href={`${href}/upload`} icon={<Upload aria-hidden />}>
        Data Upload
      </MenuLinkItem>
      <MenuLinkItem href={`${href}/history`} icon={<History aria-hidden />}>
        Upload History
      </MenuLinkItem>
      <MenuLinkItem href={`${href}/settings`} icon={<Settings2 aria-hidden />}>
        Settings
      </MenuLinkItem>
    </>
  );
}
