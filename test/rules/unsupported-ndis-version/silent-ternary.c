#include <ndis.h>

// The version is chosen at run time.
static NDIS_HANDLE DriverHandle;

NDIS_STATUS RegisterMiniport(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    BOOLEAN isNew = NdisGetVersion() >= NDIS_RUNTIME_VERSION_630;

    NdisZeroMemory(&chars, sizeof(chars));
    FillHandlers(&chars);
    chars.MajorNdisVersion = isNew ? 6 : OldMajor();
    chars.MinorNdisVersion = isNew ? 30 : OldMinor();

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}
