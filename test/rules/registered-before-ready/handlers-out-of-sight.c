#include <ndis.h>

static NDIS_HANDLE FilterDriverHandle;
static LIST_ENTRY ModuleList;
static KEVENT ModulesGone;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FilterUnload;
    FillCharacteristics(&chars);
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterDriverHandle);
    if (status == NDIS_STATUS_SUCCESS) {
        KeInitializeEvent(&ModulesGone, NotificationEvent, TRUE);
        InitializeListHead(&ModuleList);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint registered-before-ready: 'ModuleList' is initialized after 'NdisFRegisterFilterDriver' (line 18), whose handlers may already run
    }
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterDriverHandle);
}
