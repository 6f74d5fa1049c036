#include <ndis.h>
#include <dot11wdi.h>

static NDIS_HANDLE DriverHandle;

// A WDI driver leaves most handlers to the component above it.
NDIS_STATUS RegisterWifi(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath, NDIS_MINIPORT_DRIVER_WDI_CHARACTERISTICS *Wdi)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {0};

    chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 50;
    chars.OidRequestHandler = WifiOidRequest;
    chars.UnloadHandler = WifiUnload;

    return NdisMRegisterWdiMiniportDriver(DriverObject, RegistryPath, NULL, &chars, Wdi, &DriverHandle);
}
