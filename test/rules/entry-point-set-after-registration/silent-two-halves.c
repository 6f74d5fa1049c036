#include <ndis.h>

static NDIS_HANDLE MiniportHandle;
static NDIS_HANDLE FilterDriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;
MINIPORT_UNLOAD MPUnload;

// The filter half needs the slot of the driver object.
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS miniport;
    NDIS_FILTER_DRIVER_CHARACTERISTICS filter;
    NDIS_STATUS status;

    FillMiniportCharacteristics(&miniport);
    miniport.UnloadHandler = MPUnload;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &miniport, &MiniportHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    FillFilterCharacteristics(&filter);
    DriverObject->DriverUnload = DriverUnload;
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &filter, &FilterDriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisMDeregisterMiniportDriver(MiniportHandle);
    }
    return status;
}

VOID MPUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(MiniportHandle);
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterDriverHandle);
}
