#include <ndis.h>

// Every version that is registered for exists.
static NDIS_HANDLE DriverHandle;

NDIS_STATUS RegisterMiniport(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    BOOLEAN isNew = NdisGetVersion() >= NDIS_RUNTIME_VERSION_630;

    NdisZeroMemory(&chars, sizeof(chars));
    FillHandlers(&chars);
    chars.MajorNdisVersion = 6, chars.MinorNdisVersion = 0;
    if (isNew)
        chars.MinorNdisVersion = 30;
    else if (IsVistaServicePack())
        chars.MinorNdisVersion = 1;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}
