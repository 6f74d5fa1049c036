#include <ndis.h>

static NDIS_HANDLE FilterDriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterDriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    status = CreateTimer(FilterDriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFDeregisterFilterDriver(FilterDriverHandle);
        goto Fail;
    }
    status = CreateControlDevice(FilterDriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        goto Fail;
    }
    return STATUS_SUCCESS;

Fail:
    NdisFDeregisterFilterDriver(FilterDriverHandle);
//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error deregistered-twice: 'NdisFDeregisterFilterDriver' is called a second time for a registration that is undone already (line 22)
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterDriverHandle);
}
