#include <ndis.h>

static NDIS_HANDLE FilterHandle;
KSTART_ROUTINE StopWorker;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
}

VOID StopWorker(PVOID Context)
{
    UNREFERENCED_PARAMETER(Context);
    NdisFDeregisterFilterDriver(FilterHandle);
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    HANDLE thread;

    UNREFERENCED_PARAMETER(DriverObject);
    if (NT_SUCCESS(PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, StopWorker, NULL))) {
        ZwWaitForSingleObject(thread, FALSE, NULL);
        ZwClose(thread);
    }
}
