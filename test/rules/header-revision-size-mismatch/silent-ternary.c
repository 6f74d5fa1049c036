#include <ndis.h>

// Both are chosen alike.
static NDIS_HANDLE DriverHandle;

NDIS_STATUS RegisterMiniport(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    BOOLEAN isNew = NdisGetVersion() >= NDIS_RUNTIME_VERSION_630;

    NdisZeroMemory(&chars, sizeof(chars));
    FillHandlers(&chars);
    chars.Header.Revision = isNew ? NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2
                                  : NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;
    chars.Header.Size = isNew ? NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2
                              : NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_1;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}
