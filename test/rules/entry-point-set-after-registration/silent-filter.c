#include <ndis.h>

static NDIS_HANDLE FilterDriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
DRIVER_DISPATCH FilterDispatch;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterDriverHandle);
    if (status == NDIS_STATUS_SUCCESS) {
        DriverObject->MajorFunction[IRP_MJ_CREATE] = FilterDispatch;
        DriverObject->DriverUnload = FilterUnload;
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterDriverHandle);
}
