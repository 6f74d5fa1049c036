// example: a WDI driver registers a plain miniport, too
#include <ndis.h>
#include <dot11wdi.h>

static NDIS_HANDLE DriverHandle;
static NDIS_HANDLE PlainHandle;

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD MPUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;
    NDIS_MINIPORT_DRIVER_WDI_CHARACTERISTICS wdi;
    NDIS_STATUS status;

    FillCharacteristics(&chars);
    FillWdiCharacteristics(&wdi);
    chars.UnloadHandler = MPUnload;

    status = NdisMRegisterWdiMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &wdi, &DriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &PlainHandle);
    //       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error wrong-registration-for-model: 'NdisMRegisterMiniportDriver' must not be called by a driver that calls 'NdisMRegisterWdiMiniportDriver'
    if (status != NDIS_STATUS_SUCCESS) {
        NdisMDeregisterWdiMiniportDriver(DriverHandle);
    }
    return status;
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(PlainHandle);
    NdisMDeregisterWdiMiniportDriver(DriverHandle);
}
