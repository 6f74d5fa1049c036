export interface MapTreeItem { readonly id: string }
export const mapTree = (): MapTreeItem[] => [];
