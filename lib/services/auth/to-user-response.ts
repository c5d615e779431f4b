import type { User } from '#lib/db/generated/client.ts';
import { userRole, type UserResponse } from '../../contracts/auth.ts';

export function toUserResponse(user: User): UserResponse {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: userRole.parse(user.role),
    createdAt: user.createdAt.toISOString(),
  };
}
